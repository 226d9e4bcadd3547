# Every target does all that is needed from a fresh clone; the work is in bot/setup/.
PYTHON ?= python3

.PHONY: run cluster chat wechat-simulator console console-user train test check diff law-watch import-text new-topic new-region new-fact preview evaluate screenshots lock clean

run: ## both servers, the addresses printed; Ctrl-C stops them
	@$(PYTHON) -m bot.setup run

cluster: ## two of each server with PostgreSQL, Redis and nginx on loopback; Ctrl-C stops them
	@$(PYTHON) -m bot.setup cluster

chat: ## talk with the bot in the terminal
	@$(PYTHON) -m bot.setup chat

wechat-simulator: ## talk with the bot as the WeChat server does; BANSHI_URL names a running one
	@$(PYTHON) -m bot.setup wechat-simulator

console: ## the hotline console by itself, without Rasa; `make run` serves it too
	@$(PYTHON) -m bot.setup console

console-user: ## an account of the console, or a new password for it: NAME=li ROLE=operator, editor or admin; SSO=yes: none
	@$(PYTHON) -m bot.setup console-user NAME="$(NAME)" ROLE="$(ROLE)" SSO="$(SSO)"

train: ## environments, search index and model up to date
	@$(PYTHON) -m bot.setup train

test: ## every test; only some with parts="units servers"
	@$(PYTHON) -m bot.setup test $(parts)

check: ## lint, format, types, knowledge
	@$(PYTHON) -m bot.setup check

diff: ## what the present knowledge changes for people, compared with BASE (a git version or a folder)
	@$(PYTHON) -m bot.setup workshop diff BASE="$(BASE)" DATE="$(DATE)" OUT="$(OUT)"

law-watch: ## articles amended or repealed and what rests on them, overdue sources; accept=yes records the texts
	@$(PYTHON) -m bot.setup workshop law-watch ACCEPT="$(accept)"

import-text: ## an official text into the knowledge: FILE=notice.pdf; ID TITLE ISSUER NUMBER URL REGION FROM TO CONFIDENCE yes=yes
	@$(PYTHON) -m bot.setup import-text FILE="$(FILE)" ID="$(ID)" TITLE="$(TITLE)" TITLE_OTHER="$(TITLE_OTHER)" \
		ISSUER="$(ISSUER)" NUMBER="$(NUMBER)" URL="$(URL)" REGION="$(REGION)" FROM="$(FROM)" TO="$(TO)" CONFIDENCE="$(CONFIDENCE)" YES="$(yes)"

new-topic: ## a commented new topic and its file of training phrases: ID=lost-card
	@$(PYTHON) -m bot.setup workshop new-topic ID="$(ID)"

new-region: ## a commented new region: ID=moon-bay
	@$(PYTHON) -m bot.setup workshop new-region ID="$(ID)"

new-fact: ## a commented new fact in facts.yml: ID=age_group
	@$(PYTHON) -m bot.setup workshop new-fact ID="$(ID)"

preview: ## a page with questions, tree and outcome: TOPIC=lost-card, optional FACTS="holder=adult" DATE LANG=en
	@$(PYTHON) -m bot.setup workshop preview TOPIC="$(TOPIC)" FACTS="$(FACTS)" DATE="$(DATE)" LANG="$(filter zh en,$(LANG))"

evaluate: ## the figures of every evaluation; only some with parts="retrieval nlu"
	@$(PYTHON) -m bot.setup evaluate $(parts)

screenshots: ## every kind of reply in the widget, as pictures in var/screenshots
	@$(PYTHON) -m bot.setup evaluate widget

lock: ## resolve requirements/*.in again; newer versions with upgrade="name name"
	@$(PYTHON) -m bot.setup lock $(upgrade)

clean: ## remove everything built; conversations in var/ stay
	@$(PYTHON) -m bot.setup clean
