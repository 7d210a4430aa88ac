#include "sim/wire/pppoe.h"

#include "sim/wire/option_list.h"

namespace tcplab::wire {

namespace {

/// RFC 2516 appendix A: two octets of type, two of length.
struct PppoeTag {
    static constexpr std::size_t kHeadOctets = 4;

    static std::size_t length(Octets rest) {
        if (rest.size() < kHeadOctets) return 0;
        return kHeadOctets + (std::size_t{rest[2]} << 8 | rest[3]);
    }
    static FieldInfo info(std::uint32_t /*kind*/) {
        return {.name = {"Tag", "标签"},
                .meaning = {"One thing that is told.", "告知的一项内容。"}};
    }
    static std::string_view name(std::uint32_t kind) {
        switch (kind) {
            case 0x0000: return "End-Of-List";
            case 0x0101: return "Service-Name";
            case 0x0102: return "AC-Name";
            case 0x0103: return "Host-Uniq";
            case 0x0104: return "AC-Cookie";
            case 0x0105: return "Vendor-Specific";
            case 0x0110: return "Relay-Session-Id";
            case 0x0201: return "Service-Name-Error";
            case 0x0202: return "AC-System-Error";
            case 0x0203: return "Generic-Error";
            default: return {};
        }
    }
    static void lay(FieldLister& lister, Octets /*option*/) {
        std::uint16_t word = 0;
        lister.field(word,
                     {.name = {"Type", "类型"},
                      .meaning = {"Which tag this is.", "标签的种类。"},
                      .hex = true,
                      .nameOf = name});
        lister.field(word, kOptionDataLength);
        Octets data;
        lister.rest(data,
                    SIZE_MAX,
                    {.name = {"Value", "值"},
                     .meaning = {"A name or a cookie.", "名字，或供核对的数据。"},
                     .text = true});
    }
};

}  // namespace

void listPppoeTags(const Inside& inside, std::vector<Field>& fields) {
    listOptionsOf<PppoeTag>(inside, fields);
}

std::string summary(const PppoeHeader& h) {
    return std::string{pppoeCodeName(h.code)} + ", " + std::to_string(h.session);
}

}  // namespace tcplab::wire
