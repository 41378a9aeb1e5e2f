"""Django's cached loader, with what a page asks for by its name put together once."""

from django.template import Template
from django.template.loaders import cached

from .inheritance import assembled


class Loader(cached.Loader):
    """`within`: where the files stand that are put together; others, as the admin's, stay as they are."""

    def __init__(self, engine, loaders, within: str = ""):
        super().__init__(engine, loaders)
        self.within, self._assembled = within, {}

    def get_template(self, template_name: str, skip=None) -> Template:
        """With `skip` a template as it stands in its file: this is how a tag looks for what it extends."""
        if skip is not None:
            return super().get_template(template_name, skip)
        if template_name not in self._assembled:
            self._assembled[template_name] = assembled(self.source(template_name), self)
        return self._assembled[template_name]

    def source(self, template_name: str) -> Template:
        """A template as it stands in its file."""
        return super().get_template(template_name)

    def is_ours(self, template: Template) -> bool:
        return template.origin.name.startswith(self.within)

    def reset(self) -> None:
        super().reset()
        self._assembled.clear()
