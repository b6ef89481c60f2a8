# `make chat` is all a user needs; the rest is for those who change the program.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -c constraints.txt
NEEDS := pyproject.toml constraints.txt

.DEFAULT_GOAL := help
.PHONY: help chat test soak check bench eval eval-model eval-made screenshots clean

help:
	@echo "make chat    open the chat in the browser 打开网页问答"
	@echo "make test    run the tests"
	@echo "make soak    the tests that take many minutes: 50 kills, 10 minutes of questions during ingests, 100,000 vectors"
	@echo "make check   lint, format and types"
	@echo "make eval    measure the answers on the question set"
	@echo "make bench   measure speed, memory and disk"
	@echo "make eval-made  measure completeness on 1,000 made-up reports"
	@echo "make clean   remove what the other targets made (stored reports stay)"

chat: $(VENV)/.installed
	@echo "==> Starting the chat; Ctrl-C stops it. 正在启动，按 Ctrl-C 结束。"
	@$(BIN)/fazhi chat

# A file of tests stays in one process, for what its tests share, and so do the files that ask the
# same server (tests/sharing_out.py); soak tests want the machine alone.
test: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

soak: $(VENV)/.installed-test
	$(BIN)/python -m pytest -m soak

check: $(VENV)/.installed-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(VENV)/.installed-test
	$(BIN)/fazhi bench --out build/bench

eval: $(VENV)/.installed
	$(BIN)/fazhi eval
	$(BIN)/fazhi eval --questions eval/questions/dev.jsonl --corpus eval/corpora/dev
	$(BIN)/fazhi eval --questions eval/questions/dev-held-out.jsonl --corpus eval/corpora/dev

eval-made: $(VENV)/.installed
	rm -rf build/made
	$(BIN)/fazhi eval corpus build/made --reports 1000 --ask --out build/made-run

# Every question with a tiny chat model that invents; takes many minutes.
eval-model: $(VENV)/.installed-test
	PYTHONPATH=. $(BIN)/python tests/tiny_model_run.py build/tiny-model
	PYTHONPATH=. $(BIN)/python tests/tiny_model_run.py build/tiny-model \
		eval/questions/dev.jsonl eval/corpora/dev

screenshots: $(VENV)/.installed-test
	$(BIN)/python tests/screenshots.py build/screenshots
	cp build/screenshots/chat-zh-wide-2-source.png docs/chat-zh.png
	cp build/screenshots/chat-en-wide-2-source.png docs/chat-en.png

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Made anew only when what is needed has changed, so that the next start is quick.
$(VENV)/.installed: $(BIN)/python $(NEEDS)
	@echo "==> 2/2 Installing; the first time takes some minutes. 正在安装，第一次需要几分钟。"
	@$(PIP) --editable '.[mcp,ocr]'
	@touch $@

# What the tests import is compiled when they do: all 28,000 files would take a minute. But not what
# warns as it is compiled: to the tests, a warning is an error.
WARNING := $(addprefix $(VENV)/lib/python3*/site-packages/,jieba pydub)
$(VENV)/.installed-test: $(BIN)/python $(NEEDS)
	@echo "==> 2/2 Installing with the test tools; the first time takes some minutes."
	@$(PIP) --no-compile --editable '.[test]'
	@$(BIN)/python -W ignore -m compileall -q $(WARNING)
	@touch $@ $(VENV)/.installed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "fazhi needs Python 3.11 or newer; name one with: make chat PYTHON=/path/to/python" >&2; \
	  exit 1; }
	@echo "==> 1/2 Making a Python environment in $(VENV). 正在建立 Python 环境。"
	@$(PYTHON) -m venv $(VENV)
