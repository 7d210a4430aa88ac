#include "tests/support/tshark_options.h"

#include "sim/base/overloaded.h"
#include "sim/wire/hex.h"
#include "sim/wire/tcp_options.h"

#include <variant>

namespace tcplab::test {

namespace {

using namespace wire;

std::string digitsOf(Octets octets) {
    return hex(octets).substr(2);
}

/// Adds values, with commas between those of one name.
class Adder {
public:
    explicit Adder(TsharkFields& fields) : fields_{fields} {}

    void add(const std::string& name, const std::string& value) {
        std::string& list = fields_[name];
        list += (list.empty() ? "" : ",") + value;
    }
    void add(const std::string& name, std::uint32_t value) { add(name, std::to_string(value)); }

private:
    TsharkFields& fields_;
};

}  // namespace

const std::vector<std::string>& optionNames() {
    static const std::vector<std::string> kNames{
        "tcp.options",
        "tcp.option_kind",
        "tcp.options.mss_val",
        "tcp.options.wscale.shift",
        "tcp.options.sack_le",
        "tcp.options.sack_re",
        "tcp.options.timestamp.tsval",
        "tcp.options.timestamp.tsecr",
        "tcp.options.md5.digest",
        "tcp.options.user_to_val",
        "tcp.options.ao.keyid",
        "tcp.options.ao.rnextkeyid",
        "tcp.options.ao.mac",
        "tcp.options.mptcp.subtype",
        "tcp.options.tfo.cookie",
        "tcp.options.experimental.exid",
    };
    return kNames;
}

void addOptions(Octets options, std::uint32_t sackBase, TsharkFields& fields) {
    if (options.empty()) return;
    Adder adder{fields};
    adder.add("tcp.options", digitsOf(options));
    TcpOptionCursor cursor{options};
    for (std::size_t at = 0; const auto option = cursor.next(); at = cursor.offset()) {
        adder.add("tcp.option_kind", options[at]);
        std::visit(Overloaded{
                       [&](const MaximumSegmentSize& mss) {
                           adder.add("tcp.options.mss_val", mss.octets);
                       },
                       [&](const WindowScale& scale) {
                           adder.add("tcp.options.wscale.shift", scale.shift);
                       },
                       [&](const Sack& sack) {
                           for (std::size_t i = 0; i < sack.count; ++i) {
                               adder.add("tcp.options.sack_le", sack.blocks.at(i).left - sackBase);
                               adder.add("tcp.options.sack_re", sack.blocks.at(i).right - sackBase);
                           }
                       },
                       [&](const Timestamps& stamps) {
                           adder.add("tcp.options.timestamp.tsval", stamps.value);
                           adder.add("tcp.options.timestamp.tsecr", stamps.echoReply);
                       },
                       [&](const Md5Signature& signature) {
                           adder.add("tcp.options.md5.digest", digitsOf(signature.digest));
                       },
                       [&](const UserTimeout& user) {
                           adder.add("tcp.options.user_to_val", user.timeout);
                       },
                       [&](const Authentication& code) {
                           adder.add("tcp.options.ao.keyid", code.keyId);
                           adder.add("tcp.options.ao.rnextkeyid", code.nextKeyId);
                           adder.add("tcp.options.ao.mac", digitsOf(code.code));
                       },
                       [&](const Multipath& path) {
                           adder.add("tcp.options.mptcp.subtype", path.subtype);
                       },
                       [&](const FastOpen& fast) {
                           if (!fast.cookie.empty()) {
                               adder.add("tcp.options.tfo.cookie", digitsOf(fast.cookie));
                           }
                       },
                       [&](const Experiment& tried) {
                           adder.add("tcp.options.experimental.exid", hex(tried.identifier, 4));
                       },
                       [](const auto& /*without a value*/) {},
                   },
                   *option);
    }
}

}  // namespace tcplab::test
