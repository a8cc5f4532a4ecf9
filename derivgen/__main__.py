"""`python -m derivgen`."""

from derivgen.cli import main

if __name__ == "__main__":
    main()
