#include "sim/wire/field_lister.h"

#include "sim/wire/hex.h"

#include <algorithm>

namespace tcplab::wire {

namespace {

/// What is shown of octets that have no structure here.
constexpr std::size_t kOctetsShown = 24;

void remark(Field& field, const Text& what, bool wrong) {
    field.remark = phrase(what);
    field.wrong = wrong;
}

/// The innermost field that holds the octet at `offset` of the frame.
Field* fieldAt(std::vector<Field>& fields, std::size_t offset) {
    for (Field& field : fields) {
        if (offset < field.offset || offset >= field.offset + field.length) continue;
        Field* inner = fieldAt(field.children, offset);
        return inner != nullptr ? inner : &field;
    }
    return nullptr;
}

}  // namespace

Phrase phrase(const Text& text, const std::string& value) {
    return {std::string{text.en} + value, std::string{text.zh} + value};
}

void FieldLister::octets(Octets& value, std::size_t count, const FieldInfo& info) {
    const std::size_t from = decoder_.bitPosition();
    const bool soundBefore = !decoder_.found();
    decoder_.octets(value, count, info);
    keepOctets(value, from, soundBefore, info);
}

void FieldLister::rest(Octets& value, std::size_t most, const FieldInfo& info) {
    const std::size_t from = decoder_.bitPosition();
    const bool soundBefore = !decoder_.found();
    decoder_.rest(value, most, info);
    keepOctets(value, from, soundBefore, info);
}

void FieldLister::keepOctets(Octets value,
                             std::size_t from,
                             bool soundBefore,
                             const FieldInfo& info) {
    Field* kept = keep(from, info);
    if (kept == nullptr) return;
    const Octets shown = value.first(std::min(value.size(), kOctetsShown));
    kept->value = info.text ? printable(shown) : hex(shown);
    if (value.size() > kOctetsShown) kept->value += "…";
    if (info.parts != nullptr) info.parts({value, kept->offset, octets_}, kept->children);
    if (const auto found = decoder_.found(); found && soundBefore) {
        remark(*kept, found->what, !found->cut);
    }
}

void FieldLister::checksum(std::uint16_t& value, const FieldInfo& info) {
    const std::size_t from = decoder_.bitPosition();
    decoder_.checksum(value, info);
    Field* kept = keep(from, info);
    if (kept == nullptr) return;
    kept->value = text(value, 16, info);
    switch (verdict_.state) {
        case ChecksumVerdict::State::Absent:
            remark(*kept, {"none: the sender did not compute it", "无：发送方没有计算"}, false);
            break;
        case ChecksumVerdict::State::Right: remark(*kept, {"right", "正确"}, false); break;
        case ChecksumVerdict::State::Wrong:
            kept->remark = phrase({"wrong, should be ", "错误，应为 "}, hex(verdict_.expected, 4));
            kept->wrong = true;
            break;
        case ChecksumVerdict::State::Offloaded:
            remark(
                *kept,
                {"left to the sender's network card, which completes it", "留给发送方的网卡计算"},
                false);
            break;
        case ChecksumVerdict::State::NotCheckable:
            kept->remark = {"not checkable: " + std::string{verdict_.obstacle.en},
                            "无法检验：" + std::string{verdict_.obstacle.zh}};
            break;
    }
}

void FieldLister::require(bool condition, const Text& what) {
    if (!condition && !decoder_.unusable() && !fields_.empty()) remark(fields_.back(), what, true);
    decoder_.require(condition, what);
}

void FieldLister::extent(std::size_t count) {
    const bool soundBefore = !decoder_.found();
    decoder_.extent(count);
    if (const auto found = decoder_.found(); found && soundBefore && !fields_.empty()) {
        remark(fields_.back(), found->what, true);
    }
}

void FieldLister::fault(std::size_t offset, const Text& what) {
    if (decoder_.found()) return;
    decoder_.fault(offset, what);
    if (Field* field = fieldAt(fields_, offset_ + offset)) remark(*field, what, true);
}

void FieldLister::note(bool condition, const Text& what) {
    if (condition && !decoder_.unusable() && !fields_.empty()) remark(fields_.back(), what, false);
}

Field* FieldLister::keep(std::size_t from, const FieldInfo& info) {
    const std::size_t to = decoder_.bitPosition();
    if (to == from || to > 8 * octets_.size()) return nullptr;
    return &fields_.emplace_back(Field{.name = info.name,
                                       .meaning = info.meaning,
                                       .offset = offset_ + from / 8,
                                       .length = (to + 7) / 8 - from / 8,
                                       .firstBit = static_cast<std::uint32_t>(from % 8),
                                       .bits = to - from});
}

std::string FieldLister::text(std::uint32_t value, std::size_t width, const FieldInfo& info) {
    std::string text =
        info.hex ? hex(value, static_cast<unsigned>((width + 3) / 4)) : std::to_string(value);
    if (info.unit > 1) {
        text += " × " + std::to_string(info.unit) + " = " + std::to_string(value * info.unit);
    }
    const std::string_view name = info.nameOf != nullptr ? info.nameOf(value) : std::string_view{};
    if (!name.empty()) text.append(" (").append(name).append(")");
    return text;
}

std::string FieldLister::namesOfSetBits(const std::vector<Field>& bits) {
    std::string names;
    for (const Field& bit : bits) {
        if (bit.value != "1") continue;
        if (!names.empty()) names += ", ";
        names += bit.name.en;
    }
    return names.empty() ? "-" : names;
}

}  // namespace tcplab::wire
