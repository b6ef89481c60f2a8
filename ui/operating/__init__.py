"""What whoever runs the program for others needs: request ids, logs, figures, health."""
