#!/bin/sh
# Make sure there is a Chromium, with Japanese letters, for the browser tests: best the one without windows, which needs
# a third less of the processor; where that cannot be installed, the one with windows will do.
set -eu

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# Install the package $1 where we may; what it is for follows from its name.
install_package() {
    can_install || return 1
    echo "Installing Debian's $1 for the browser tests ..."
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"; } >/dev/null
}

missing=""
if ! command -v chromium-headless-shell >/dev/null && ! install_package chromium-headless-shell; then
    command -v chromium >/dev/null || missing="chromium-headless-shell"
fi
if ! fc-list 2>/dev/null | grep -qi 'noto.*cjk' && ! install_package fonts-noto-cjk; then
    missing="$missing fonts-noto-cjk"
fi
[ -z "$missing" ] && exit 0
echo "The browser tests need packages that are not installed. Install them, then try again:" >&2
echo "    sudo apt-get install $missing" >&2
exit 1
