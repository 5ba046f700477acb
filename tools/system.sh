# Shared by tools/setup and tools/test-setup: one clear line instead of a trace,
# and system packages from the one list in tools/system-packages.
# shellcheck shell=sh

# The name of the script that speaks, for the start of its lines.
speaker=$(basename "$0")

say() { printf '%s: %s\n' "$speaker" "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# packages_for NEED: the packages of one need, on one line.
packages_for() {
    awk -v need="$1" '$1 == need { printf "%s%s", separator, $2; separator = " " }' \
        tools/system-packages
}

# apt_line NEED: what a person without our rights has to type.
apt_line() {
    printf 'sudo apt-get install -y --no-install-recommends %s' "$(packages_for "$1")"
}

may_install() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; }

# apt_install NEED LOG: status 1 when apt-get could not; what it said is in LOG.
# `update` may fail for one of several sources, so only `install` decides.
apt_install() {
    say "installing $(packages_for "$1") with apt-get"
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    apt-get update >"$2" 2>&1 </dev/null || true
    # The list is words, one argument each.
    # shellcheck disable=SC2046
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends $(packages_for "$1") >>"$2" 2>&1 </dev/null
}
