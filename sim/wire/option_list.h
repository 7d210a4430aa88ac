#pragma once

#include "sim/wire/field_lister.h"
#include "sim/wire/hex.h"

#include <vector>

// Options of headers other than TCP, as fields. A family of options is a type with
//
//     static std::size_t length(Octets rest)               octets of the first one; 0: impossible
//     static FieldInfo info(std::uint32_t kind)            what it is called
//     static void lay(FieldLister& lister, Octets option)  its fields; none for a single octet
namespace tcplab::wire {

inline constexpr FieldInfo kOptionKind{.name = {"Kind", "类型"},
                                       .meaning = {"Which option this is.", "选项的种类。"}};
inline constexpr FieldInfo kOptionLength{
    .name = {"Length", "长度"},
    .meaning = {"Octets of the option, kind and length included.",
                "选项的字节数，包括类型和长度。"}};
inline constexpr FieldInfo kOptionDataLength{
    .name = {"Length", "长度"}, .meaning = {"Octets of its data.", "其数据的字节数。"}};
inline constexpr FieldInfo kOptionData{.name = {"Data", "数据"},
                                       .meaning = {"Not dissected.", "不作解析。"}};
inline constexpr FieldInfo kOtherOption{.name = {"Other option", "其他选项"},
                                        .meaning = {"Not dissected.", "不作解析的选项。"}};
inline constexpr FieldInfo kNotRead{
    .name = {"Not read", "未解析"},
    .meaning = {"From here on a length is impossible, or goes past what is here.",
                "从这里起，长度不可能成立，或超出了现有的字节。"}};

/// A field that stands for the octets as a whole.
[[nodiscard]] Field wholeField(Octets octets, std::size_t offset, const FieldInfo& info);

/// Appends each option of the family as a field.
template <class Family>
void listOptionsOf(const Inside& inside, std::vector<Field>& fields) {
    for (std::size_t at = 0; at < inside.octets.size();) {
        const Octets rest = inside.octets.subspan(at);
        const std::size_t length = Family::length(rest);
        if (length == 0 || length > rest.size()) {
            fields.push_back(wholeField(rest, inside.offset + at, kNotRead));
            return;
        }
        const Octets option = rest.first(length);
        FieldLister lister{option, length, inside.offset + at};
        Family::lay(lister, option);
        Field& field =
            fields.emplace_back(wholeField(option, inside.offset + at, Family::info(option[0])));
        field.children = lister.take();
        at += length;
    }
}

}  // namespace tcplab::wire
