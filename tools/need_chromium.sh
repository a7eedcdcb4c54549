#!/bin/sh
# Make sure there is a Chromium, with Japanese letters, for the browser tests: best the one without windows, which needs
# a third less of the processor; where we may install nothing, the one with windows will do.
set -eu
missing=""
command -v chromium-headless-shell >/dev/null || missing="chromium-headless-shell"
fc-list 2>/dev/null | grep -qi 'noto.*cjk' || missing="$missing fonts-noto-cjk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's $missing for the browser tests ..."
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif [ "$missing" != chromium-headless-shell ] || ! command -v chromium >/dev/null; then
    echo "The browser tests need packages that are not installed. Install them, then try again:" >&2
    echo "    sudo apt-get install $missing" >&2
    exit 1
fi
