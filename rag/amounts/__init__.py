"""Read the amounts of a text, in Arabic and Chinese numerals."""

from rag.amounts.amounts import Amount, read_amounts
from rag.amounts.numerals import plain_number, read_number
from rag.amounts.patterns import MONEY

__all__ = ["MONEY", "Amount", "plain_number", "read_amounts", "read_number"]
