"""Annotations to and from the forms that leave the program, one module a form."""
