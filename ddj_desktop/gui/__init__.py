"""The window: thin widgets that show a state and send choices. The only home of Qt and of the PDF preview."""
