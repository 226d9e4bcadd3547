"""What both servers tell those who run them: metrics, logs with a request id, health."""
