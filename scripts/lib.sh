# Shared by the scripts beside it, which source it: they run from the root of the repository.
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }

die() {
    printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# Shows a command as it would be typed, then runs it.
show() {
    printf '\n$ %s\n' "$*"
    "$@"
}

installed() { dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p'; }

# The packages of the purposes named that are not installed, one a line.
missing() {
    local purpose
    for purpose; do
        awk -v purpose="$purpose" '$1 == purpose { for (i = 2; i <= NF; i++) print $i }' scripts/packages
    done | grep -vxFf <(installed) || true
}

# Ends the script where packages cannot be installed the Debian way.
require_debian() {
    local id='' version=''
    [[ -r /etc/os-release ]] && {
        id=$(. /etc/os-release && echo "${ID:-}")
        version=$(. /etc/os-release && echo "${VERSION_ID:-99}")
    }
    [[ $id == debian && ${version%%.*} -ge 12 ]] && command -v apt-get dpkg-query >/dev/null ||
        die "this script installs packages on Debian 12 or newer, and this is something else;" \
            "CONTRIBUTING.md says how to build by hand with the packages of scripts/packages."
}

# Installs what is missing for the purposes named; touches nothing where all is there.
need() {
    require_debian
    local packages as_root=()
    mapfile -t packages < <(missing "$@")
    ((${#packages[@]})) || return 0

    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            die "these packages are missing, and only root can install them (there is no sudo here):" \
                "apt-get install --no-install-recommends ${packages[*]}"
        as_root=(sudo)
    fi
    say "Installing with apt-get: ${packages[*]}"
    apt_get update || die "apt-get cannot reach its package lists: see its message above."
    apt_get install --yes --no-install-recommends "${packages[@]}" ||
        die "apt-get could not install what is missing: see its message above."
}

# apt-get that asks nothing; as_root is set by need.
apt_get() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet \
        -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# Configures a preset; further arguments go to its configuration.
configure() {
    local preset=$1
    shift
    cmake --preset "$preset" "$@" >"$(log "$preset")" 2>&1 ||
        { cat "$(log "$preset")" >&2; die "the preset $preset cannot be configured."; }
}

# Configures, with the arguments of configure, and builds a preset.
build() {
    say "Building the preset $1 (after $SECONDS s)"
    configure "$@"
    cmake --build --preset "$1" --parallel "$(nproc)"
}

log() {
    mkdir -p "build/$1"
    echo "build/$1/configure.log"
}
