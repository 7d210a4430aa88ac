#include "sim/wire/option_list.h"

namespace tcplab::wire {

Field wholeField(Octets octets, std::size_t offset, const FieldInfo& info) {
    constexpr std::size_t kOctetsShown = 24;
    Field field{.name = info.name,
                .meaning = info.meaning,
                .value = hex(octets.first(std::min(octets.size(), kOctetsShown))),
                .offset = offset,
                .length = octets.size(),
                .bits = 8 * octets.size()};
    if (octets.size() > kOctetsShown) field.value += "…";
    return field;
}

}  // namespace tcplab::wire
