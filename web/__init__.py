"""The program in a browser: pages that show views, and forms that make commands."""
