"""The Indicators room: reports against indicators, and a chart of each indicator."""
