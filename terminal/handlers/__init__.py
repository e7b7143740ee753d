"""What the commands do: typed, and imported only when one of them runs."""
