#include "sim/wire/dns.h"

#include "sim/wire/option_list.h"

#include <utility>

namespace tcplab::wire {

namespace {

constexpr std::uint16_t kTypeA = 1;
constexpr std::uint16_t kTypeNs = 2;
constexpr std::uint16_t kTypeCname = 5;
constexpr std::uint16_t kTypePtr = 12;
constexpr std::uint16_t kTypeAaaa = 28;

std::string_view typeName(std::uint32_t type) {
    switch (type) {
        case kTypeA: return "A";
        case kTypeNs: return "NS";
        case kTypeCname: return "CNAME";
        case 6: return "SOA";
        case kTypePtr: return "PTR";
        case 15: return "MX";
        case 16: return "TXT";
        case kTypeAaaa: return "AAAA";
        case 33: return "SRV";
        case 41: return "OPT";
        case 65: return "HTTPS";
        case 255: return "ANY";
        default: return {};
    }
}

std::string_view className(std::uint32_t number) {
    return number == 1 ? "IN" : std::string_view{};
}

struct Name {
    std::string text{};
    std::size_t octets = 0;  ///< Where it stands, not where it points to; 0 where it is broken.
};

/// The name at `at` of the message. Pointers lead backwards only, so that they come to an end.
Name readName(Octets message, std::size_t at) {
    constexpr std::size_t kMostLetters = 255;
    constexpr int kMostPointers = 64;
    Name name;
    std::size_t before = at;
    int pointers = 0;
    const auto endsAt = [&](std::size_t end) {
        if (name.octets == 0) name.octets = end - at;
    };
    for (std::size_t i = at; i < message.size() && name.text.size() <= kMostLetters;) {
        const std::size_t length = message[i];
        if (length == 0) {
            endsAt(i + 1);
            if (name.text.empty()) name.text = ".";
            return name;
        }
        if (length >= 0xc0) {
            if (i + 1 >= message.size()) break;
            endsAt(i + 2);
            const std::size_t target = (length & 0x3f) << 8 | message[i + 1];
            if (target >= before || ++pointers > kMostPointers) break;
            i = before = target;
            continue;
        }
        if (length >= 0x40 || message.size() - i <= length) break;
        if (!name.text.empty()) name.text += '.';
        name.text += printable(message.subspan(i + 1, length));
        i += 1 + length;
    }
    return {};
}

/// Walks the sections and appends what it finds.
class SectionLister {
public:
    SectionLister(const Inside& inside, std::vector<Field>& fields)
        : fields_{fields},
          start_{inside.offset - DnsMessage::kHeaderOctets},
          message_{inside.header.first(
              std::min(inside.header.size(), DnsMessage::kHeaderOctets + inside.octets.size()))} {}

    /// Appends as many as there are of `count`, one after the other.
    void list(std::size_t count, bool question, const FieldInfo& info) {
        for (; count > 0 && at_ < message_.size(); --count) {
            const std::size_t from = at_;
            std::string name;
            auto inside = read(question, name);
            Field& field = fields_.emplace_back(
                wholeField(message_.subspan(from, at_ - from), start_ + from, info));
            if (!inside.empty()) field.value = name;
            field.children = std::move(inside);
        }
    }

private:
    /// Reads one; none where it is broken or ends past what is here, which then is passed over.
    std::vector<Field> read(bool question, std::string& text) {
        const Name name = readName(message_, at_);
        const std::size_t nameAt = std::exchange(at_, message_.size());
        if (name.octets == 0) return {};
        const std::size_t from = nameAt + name.octets;
        const std::size_t head = question ? kQuestionOctets : kRecordOctets;
        if (message_.size() - from < head) return {};
        std::size_t data = 0;
        if (!question) data = std::size_t{message_[from + 8]} << 8 | message_[from + 9];
        if (message_.size() - from - head < data) return {};
        at_ = from + head + data;

        std::vector<Field> inside;
        const FieldInfo info{.name = {"Name", "域名"},
                             .meaning = {"What is asked for, or told of.", "查询或说明的域名。"}};
        inside.push_back(wholeField(message_.subspan(nameAt, name.octets), start_ + nameAt, info));
        inside.back().value = name.text;
        FieldLister lister{message_.subspan(from, head + data), head + data, start_ + from};
        const std::uint16_t type = layHead(lister, question);
        text = name.text + " " + std::string{typeName(type)};
        if (data > 0) layData(lister, type, from + head, text);
        for (Field& field : lister.take()) inside.push_back(std::move(field));
        if (data > 0 && isName(type)) inside.back().value = readName(message_, from + head).text;
        return inside;
    }

    static std::uint16_t layHead(FieldLister& lister, bool question) {
        std::uint16_t type = 0;
        std::uint16_t word = 0;
        std::uint32_t seconds = 0;
        lister.field(
            type,
            {.name = {"Type", "类型"},
             .meaning = {"A for IPv4, AAAA for IPv6.", "A 是 IPv4 地址，AAAA 是 IPv6 地址。"},
             .nameOf = typeName});
        lister.field(word,
                     {.name = {"Class", "类"},
                      .meaning = {"IN for the Internet.", "IN 表示互联网。"},
                      .nameOf = className});
        if (question) return type;
        lister.field(seconds,
                     {.name = {"Time to live", "生存时间"},
                      .meaning = {"Seconds for which it may be kept.", "可以缓存的秒数。"}});
        lister.field(word, kOptionDataLength);
        return type;
    }

    void layData(FieldLister& lister, std::uint16_t type, std::size_t at, std::string& text) const {
        const FieldInfo info{.name = {"Data", "数据"}, .meaning = {"The answer.", "记录的内容。"}};
        const std::size_t size = at_ - at;
        IpAddress address{.version = static_cast<std::uint8_t>(type == kTypeAaaa ? 6 : 4)};
        if ((type == kTypeA || type == kTypeAaaa) && size == address.size()) {
            lister.field(address, info);
            text += " " + toString(address);
            return;
        }
        Octets data;
        lister.rest(data, size, info);
        if (isName(type)) text += " " + readName(message_, at).text;
    }

    static bool isName(std::uint16_t type) {
        return type == kTypeNs || type == kTypeCname || type == kTypePtr;
    }

    static constexpr std::size_t kQuestionOctets = 4;
    static constexpr std::size_t kRecordOctets = 10;

    std::vector<Field>& fields_;
    std::size_t start_;  ///< Of the message in the frame.
    Octets message_;
    std::size_t at_ = DnsMessage::kHeaderOctets;
};

}  // namespace

bool beginsWithDns(Octets payload) {
    constexpr std::size_t kFlags = DnsLengthHeader::kOctets + 2;
    if (payload.size() < DnsLengthHeader::kOctets + DnsMessage::kHeaderOctets) return false;
    const std::size_t length = std::size_t{payload[0]} << 8 | payload[1];
    const bool reserved = (payload[kFlags + 1] & 0x40) != 0;
    const bool questions = payload[kFlags + 2] == 0 && payload[kFlags + 3] <= 1;
    return length >= DnsMessage::kHeaderOctets && !reserved && questions;
}

std::string_view dnsResponseName(std::uint32_t code) {
    switch (code) {
        case 0: return "NOERROR";
        case 1: return "FORMERR";
        case 2: return "SERVFAIL";
        case 3: return "NXDOMAIN";
        case 4: return "NOTIMP";
        case 5: return "REFUSED";
        default: return {};
    }
}

void listDnsSections(const Inside& inside, std::vector<Field>& fields) {
    const auto decoded = decodeHeader<DnsMessage>(inside.header, inside.header.size());
    if (!decoded.usable) return;
    SectionLister lister{inside, fields};
    lister.list(decoded.header.questions,
                true,
                {.name = {"Question", "问题"}, .meaning = {"What is asked.", "要查询的内容。"}});
    const std::size_t records = std::size_t{decoded.header.answers} + decoded.header.authorities +
                                decoded.header.additional;
    lister.list(records,
                false,
                {.name = {"Record", "资源记录"},
                 .meaning = {"What is known of a name.", "关于某个域名的信息。"}});
}

Phrase summary(const DnsMessage& h) {
    const Octets sections = h.sections;
    std::string text = hex(h.identifier, 4);
    // The first name has none before it that it could point to.
    if (h.questions > 0) text += ", " + readName(sections, 0).text;
    if (h.response) text.append(", ").append(dnsResponseName(h.responseCode));
    return {(h.response ? "response " : "query ") + text, (h.response ? "响应 " : "查询 ") + text};
}

}  // namespace tcplab::wire
