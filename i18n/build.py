"""Builds the catalogues: `python -m i18n.build`, run at set-up and when the program is packed."""

from i18n.catalogues import build

if __name__ == "__main__":
    for path in build():
        print(path)
