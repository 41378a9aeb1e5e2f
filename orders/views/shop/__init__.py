"""The storefront's browsing pages: home, categories, search, products, numbers."""
