"""The worker process itself: it is started by `reader.formats.worker.process` and of no use by hand."""

import sys

from reader.formats.worker.child import serve

if __name__ == "__main__":
    serve(memory=int(sys.argv[1]), folder=sys.argv[2])
