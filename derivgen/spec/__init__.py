"""YAML with places, specs and the project file."""
