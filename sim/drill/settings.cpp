#include "sim/drill/settings.h"

#include "sim/base/nearest.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tcplab::drill {

namespace {

// They speak of packetdrill's own clock, devices and output.
constexpr auto kWithoutMeaning = std::to_array<std::string_view>({
    "tolerance_usecs",
    "tolerance_percent",
    "code_command",
    "code_format",
    "code_sockopt",
    "gateway_ip",
    "netmask_ip",
    "init_scripts",
    "speed",
    "wire_client",
    "wire_server",
    "wire_server_ip",
    "wire_server_port",
    "wire_client_dev",
    "wire_server_dev",
    "non_fatal",
    "dry_run",
    "verbose",
    "debug",
    "no_cleanup",
    "no_rp_filter",
    "persistent_tun_dev",
    "tun_dev",
    "send_omit_free",
    "define",
    "udp_src_port",
    "udp_dst_port",
    "so_filename",
    "so_flags",
    "is_anyip",
    "tcp_ts_ecr_scaled",
});

class Reader {
public:
    explicit Reader(const Option& option) : option_{option} {}

    template <class Number>
    Number number() {
        Number value = 0;
        const std::string& text = option_.value;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || text.empty())
            fail("a number");
        return value;
    }
    wire::IpAddress address() {
        const std::string text = option_.value.substr(0, option_.value.find('/'));
        const auto address = wire::parseIpAddress(text);
        if (!address) fail("an address");
        return address.value_or(wire::IpAddress{});
    }
    void fail(const std::string& wanted) {
        failure_ = ScriptError{
            option_.place,
            "expected " + wanted + " after --" + option_.name + "=, got \"" + option_.value + "\""};
    }
    [[nodiscard]] const std::optional<ScriptError>& failure() const { return failure_; }

private:
    const Option& option_;
    std::optional<ScriptError> failure_{};
};

void apply(const Option& option, Reader& reader, Settings& settings) {
    if (option.name == "ip_version") {
        if (option.value != "ipv4" && option.value != "ipv6" && option.value != "ipv4-mapped-ipv6")
            reader.fail("ipv4, ipv6 or ipv4-mapped-ipv6");
        settings.ipVersion = option.value == "ipv6" ? 6 : 4;
    } else if (option.name == "bind_port") {
        settings.bindPort = reader.number<std::uint16_t>();
    } else if (option.name == "connect_port") {
        settings.connectPort = reader.number<std::uint16_t>();
    } else if (option.name == "local_ip") {
        settings.local = reader.address();
    } else if (option.name == "remote_ip") {
        settings.remote = reader.address();
    } else if (option.name == "mtu") {
        settings.mtu = reader.number<std::uint16_t>();
    } else if (option.name == "mss") {
        settings.mss = reader.number<std::uint16_t>();
    } else if (option.name == "tcp_ts_tick_usecs") {
        settings.timestampTick = reader.number<std::uint32_t>();
    } else if (option.name == "strict_segments") {
        settings.strictSegments = true;
    }
}

}  // namespace

Expected<Settings, ScriptError> settingsOf(const Script& script) {
    constexpr auto kKnown = std::to_array<std::string_view>({"ip_version",
                                                             "bind_port",
                                                             "connect_port",
                                                             "local_ip",
                                                             "remote_ip",
                                                             "mtu",
                                                             "mss",
                                                             "tcp_ts_tick_usecs",
                                                             "strict_segments"});
    Settings settings;
    settings.local = settings.remote = wire::IpAddress{.version = 0};
    for (const Option& option : script.options) {
        const bool known = std::ranges::find(kKnown, option.name) != kKnown.end();
        const bool ignored =
            std::ranges::find(kWithoutMeaning, option.name) != kWithoutMeaning.end();
        if (!known && !ignored)
            return Unexpected{ScriptError{
                option.place, "--" + option.name + ": " + unknownWord(option.name, kKnown)}};
        Reader reader{option};
        apply(option, reader, settings);
        if (reader.failure()) return Unexpected{*reader.failure()};
    }
    // packetdrill's own: a private address for the host, one for documentation for the peer.
    const bool v4 = settings.ipVersion == 4;
    if (settings.local.version != settings.ipVersion)
        settings.local = *wire::parseIpAddress(v4 ? "192.168.0.1" : "fd3d:fa7b:d17d::1");
    if (settings.remote.version != settings.ipVersion)
        settings.remote = *wire::parseIpAddress(v4 ? "192.0.2.1" : "2001:db8::1");
    constexpr std::uint16_t kLeastMtu = 68;  // RFC 791
    if (settings.mtu < kLeastMtu) settings.mtu = kLeastMtu;
    return settings;
}

}  // namespace tcplab::drill
