"""How long one person waits for each kind of answer, how long both servers take to start and what memory they hold."""
