"""One metric a file: definition, range and a worked example in its docstring."""
