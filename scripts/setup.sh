# Sets up what the other scripts need, once: the Python environment, the browsers, the JavaScript tools. Sourced, never run.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '%s\n' "$*" >&2; }

# Prints a Python of 3.11 or newer, or explains what is missing.
find_python() {
  local candidate
  for candidate in "${MUTUALS_PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3 python; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { printf '%s' "$candidate"; return; }
  done
  say "Mutuals needs Python 3.11 or newer. Install it (for example: apt install python3) and run this again,"
  say "or name one with MUTUALS_PYTHON=/path/to/python."
  exit 2
}

# Where the environment's programs lie; Windows has another folder for them.
if [ "${OS:-}" = Windows_NT ]; then bin=.venv/Scripts; else bin=.venv/bin; fi

# make_environment [anew]: makes .venv anew unless it is whole; one that was left half-made (no pip) would fail for ever.
make_environment() {
  local python
  [ "${1:-}" != anew ] && "$bin/python" -m pip --version >/dev/null 2>&1 && return
  python=$(find_python) || exit 2
  "$python" -m venv --clear .venv && "$bin/python" -m pip --version >/dev/null 2>&1 && return
  say "Python could not make a virtual environment. On Debian or Ubuntu: apt install python3-venv, then run this again."
  exit 2
}

# install_packages LOCK: the locked packages, and Mutuals itself as it lies here.
install_packages() {
  "$bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1" &&
    PYTHONWARNINGS=ignore "$bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
}

# set_up_python run|dev: makes .venv with the locked packages of that set, only when the lock changed.
set_up_python() {
  local lock="requirements/$1.txt" mark=".venv/set-up-$1" sum
  sum=$(cat "$lock" pyproject.toml | cksum)
  [ "$1" = run ] && [ -f .venv/set-up-dev ] && [ "$(cat .venv/set-up-dev)" = "$(cat requirements/dev.txt pyproject.toml | cksum)" ] && return
  [ -f "$mark" ] && [ "$(cat "$mark")" = "$sum" ] && return
  say "Setting up Python packages ($1) in .venv …"
  make_environment
  install_packages "$lock" || { # an environment of an earlier version can be damaged in ways that pip does not mend
    say "Making .venv anew …"
    make_environment anew
    install_packages "$lock"
  }
  printf '%s' "$sum" >"$mark"
}

# as_root COMMAND…: runs it as root, through sudo where that asks no password; fails quietly where neither is possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

# set_up_packages PACKAGE…: installs the system packages that are missing, where apt and root are at hand.
set_up_packages() {
  local missing=() package
  command -v dpkg-query >/dev/null 2>&1 || return 1
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return 0
  say "Installing ${missing[*]} with apt …"
  as_root apt-get update -qq >/dev/null && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# set_up_browsers: Chromium with its driver, Firefox and the fonts that the screenshots need.
# tests/browser/programs.py knows the names that they go by; what is there under any of them is not installed again.
set_up_browsers() {
  local missing
  missing=$("$bin/python" -m tests.browser.programs) || set_up_packages chromium chromium-driver firefox-esr || true
  set_up_packages openssl fonts-liberation fonts-noto-color-emoji fonts-noto-cjk || true
  missing=$("$bin/python" -m tests.browser.programs) && return
  say "The browser tests need $missing. Install them with your package manager (Debian: apt install chromium"
  say "chromium-driver firefox-esr; elsewhere Chrome for Testing will do, Google Chrome itself loads no extension here),"
  say "or name them with MUTUALS_CHROMIUM, MUTUALS_CHROMEDRIVER and MUTUALS_FIREFOX, then run this again."
  exit 2
}

# set_up_postgres: a PostgreSQL server's programs; the tests run one of their own in a temporary folder.
# tests/postgres_programs.py knows where they lie; what is there is not installed again.
set_up_postgres() {
  "$bin/python" -m tests.postgres_programs || set_up_packages postgresql || true
  "$bin/python" -m tests.postgres_programs && return
  say "The tests of sharing need PostgreSQL 15 or newer (initdb, postgres). Install it with your package manager (Debian:"
  say "apt install postgresql; macOS: brew install postgresql@17), or name its folder of programs with MUTUALS_POSTGRES,"
  say "then run this again."
  exit 2
}

# set_up_node: the locked JavaScript checkers (the product itself needs none of them).
set_up_node() {
  local sum
  command -v npm >/dev/null 2>&1 || set_up_packages nodejs npm || {
    say "The JavaScript checks need Node.js 20 or newer with npm. Install them, then run this again."; exit 2; }
  sum=$(cksum <package-lock.json)
  [ -f node_modules/.set-up ] && [ "$(cat node_modules/.set-up)" = "$sum" ] && return
  say "Setting up the JavaScript checkers in node_modules …"
  npm ci --silent --no-audit --no-fund
  printf '%s' "$sum" >node_modules/.set-up
}
