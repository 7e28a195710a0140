"""How forms look: the house's own templates for every form, field and formset."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Renders forms from ``templates/components/forms/``; single widgets keep Django's own templates.

    Named in the setting ``FORM_RENDERER``; needs ``django.forms`` among the installed apps.
    """

    form_template_name = "components/forms/form.html"
    field_template_name = "components/forms/field.html"
    formset_template_name = "components/forms/formset.html"
