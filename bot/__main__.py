"""``python -m bot`` is ``tickerbell``."""

from bot.cli import main

if __name__ == "__main__":
    main()
