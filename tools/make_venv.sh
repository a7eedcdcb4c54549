#!/bin/sh
# Make .venv. Debian keeps the module venv in a package of its own: install it where we may, else say so.
set -eu
python="$1"
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or newer is needed: install it, or say which one to use: make PYTHON=/path/to/python3.11" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Debian's python3-venv ..."
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Python's module venv is missing. Install it, then try again:  sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
rm -rf .venv
"$python" -m venv .venv
