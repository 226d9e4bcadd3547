"""The WeChat channel under load and under attack, against running servers."""
