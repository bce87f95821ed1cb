"""Write generator/talkbook/drafting/data/given_names.txt: given names that are common in several countries.

Needs Faker (MIT), which has the lists.
"""

import importlib
import pkgutil
import re
import sys
from collections import Counter
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from faker import VERSION
from faker.providers import person

TARGET = Path(__file__).parents[1] / "generator/talkbook/drafting/data/given_names.txt"
_COUNTRIES = 3  # countries whose lists must contain a name
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+")


def main() -> int:
    """Count the lists that contain each name, and write the file."""
    count = Counter[str]()
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        lists = (getattr(provider, name) for name in dir(provider) if name.startswith("first_name"))
        names = {name for each in lists if isinstance(each, Collection) for name in each if isinstance(name, str)}
        count.update(filter(_NAME.fullmatch, names))
    found = sorted(name for name, lists in count.items() if lists >= _COUNTRIES)
    text = "\n".join(found) + "\n"
    source = f"# From the lists of Faker {VERSION} (MIT), by benchmarks/given_names.py; sha256 of the names:"
    TARGET.write_text(f"{source} {sha256(text.encode()).hexdigest()}\n{text}", "utf-8")
    print(f"{len(found)} names: {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
