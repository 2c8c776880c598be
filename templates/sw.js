{% load static %}{# A change of any file changes this one, and the browser takes the new worker. #}self.FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
importScripts("{% static "worker/keep.js" %}");
