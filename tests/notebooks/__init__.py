"""The checks of the lessons: run them, lint them, answer their exercises, and prove that nbval turns red."""
