"""What stands between Click and the commands: settings, options, output, exit codes."""
