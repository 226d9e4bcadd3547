# Every target does all that is needed from a fresh clone; the work is in bot/setup/.
PYTHON ?= python3

.PHONY: run chat train test check evaluate screenshots lock clean

run: ## both servers, the addresses printed; Ctrl-C stops them
	@$(PYTHON) -m bot.setup run

chat: ## talk with the bot in the terminal
	@$(PYTHON) -m bot.setup chat

train: ## environments, search index and model up to date
	@$(PYTHON) -m bot.setup train

test: ## every test; only some with parts="units servers"
	@$(PYTHON) -m bot.setup test $(parts)

check: ## lint, format, types, knowledge
	@$(PYTHON) -m bot.setup check

evaluate: ## the figures of every evaluation; only some with parts="retrieval nlu"
	@$(PYTHON) -m bot.setup evaluate $(parts)

screenshots: ## every kind of reply in the widget, as pictures in var/screenshots
	@$(PYTHON) -m bot.setup evaluate widget

lock: ## resolve requirements/*.in again; newer versions with upgrade="name name"
	@$(PYTHON) -m bot.setup lock $(upgrade)

clean: ## remove everything built; conversations in var/ stay
	@$(PYTHON) -m bot.setup clean
