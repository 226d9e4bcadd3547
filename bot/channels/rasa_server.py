"""``python -m bot.channels.rasa_server run …``: Rasa's server without the parts of Rasa this bot does not run.

Rasa imports every component it ships, TensorFlow with them, whatever the model is made of; half of the start and two
fifths of the memory go there. The policies and components of `config.yml` need none of it
(docs/adr/0011-a-trimmed-rasa.md). The arguments are those of ``rasa``.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import Any

from bot.errors import BanshiError
from bot.settings_check import take_effect


class NotServed:
    """Stands for a class of Rasa that only training or evaluation uses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError("This server leaves out training and evaluation: use the `rasa` command itself.")


STAND_INS: dict[str, dict[str, Any]] = {
    "rasa.engine.recipes.default_components": {"DEFAULT_COMPONENTS": []},  # ours are found by their module path
    "rasa.utils.tensorflow.callback": {"RasaTrainingLogger": NotServed, "RasaModelCheckpoint": NotServed},
    "rasa.utils.tensorflow.data_generator": {"RasaBatchDataGenerator": NotServed},
    "rasa.graph_components.validators.default_recipe_validator": {"DefaultV1RecipeValidator": NotServed},
    "rasa.core.test": {"test": NotServed},
    "rasa.utils.plotting": {},
}
"""Modules of Rasa that are left out, with the names the rest imports from them."""


def leave_out_what_is_not_served() -> None:
    """Put the stand-ins in place; to be called before anything of Rasa is imported."""
    for name, names in STAND_INS.items():
        module = ModuleType(name, "Left out by bot.channels.rasa_server.")
        vars(module).update(names)
        sys.modules[name] = module


def main() -> None:
    """Check the settings, then run Rasa's command line."""
    try:
        take_effect(os.environ)
    except BanshiError as error:
        sys.exit(str(error))
    leave_out_what_is_not_served()
    import rasa.core.policies.rule_policy  # noqa: F401  registers the one policy of config.yml
    from rasa.__main__ import main as rasa_main

    rasa_main()


if __name__ == "__main__":
    main()
