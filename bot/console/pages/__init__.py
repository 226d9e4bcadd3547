"""The console's addresses: each module holds the handlers of one page or one kind of data."""
