"""gunicorn: how many processes and threads answer, and on which port."""

from gunicorn.http import message

from hub.settings.environment import value

# A question of ten thousand characters gets our own answer, not the server's bare 400.
# gunicorn caps this setting at a constant of its own, so that is raised with it.
message.MAX_REQUEST_LINE = limit_request_line = 65_536

bind = f"{value('WEB_HOST')}:{value('PORT')}"
workers = value("WEB_WORKERS")
threads = value("WEB_THREADS")
worker_class = "gthread"
# Loaded once and shared by the workers: faster to start, less memory.
preload_app = True
max_requests = 5000
max_requests_jitter = 500
timeout = 60
accesslog = None
loglevel = "warning"
# One process, one disk: nothing outside controls it.
control_socket_disable = True
