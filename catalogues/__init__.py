"""The catalogues of messages: taken from the sources, compiled when building. Not shipped."""
