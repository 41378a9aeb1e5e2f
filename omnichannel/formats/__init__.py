"""How dates are written: as everywhere in the product, whatever the language."""
