"""How fast the program is on this machine, and what it costs as reports grow in number."""

from eval.bench.measures import Figures
from eval.bench.page import write_bench
from eval.bench.run import SIZES, run_bench

__all__ = ["SIZES", "Figures", "run_bench", "write_bench"]
