"""The Evaluation room: question sets asked, and how good the answers were."""
