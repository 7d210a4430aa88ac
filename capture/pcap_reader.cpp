#include "capture/pcap_reader.h"

#include <pcap/pcap.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

namespace tcplab::capture {
namespace {

Unexpected<Error> failure(Error::Code code, const std::string& name, const std::string& why) {
    return Unexpected{Error{code, name + ": " + why}};
}

bool isDissected(wire::LinkType link) {
    switch (link) {
        case wire::LinkType::Ethernet:
        case wire::LinkType::RawIp: return true;
    }
    return false;
}

// libpcap has numbers of its own (DLT_) for a few of the LINKTYPE_ numbers.
wire::LinkType linkTypeOf(int dlt) {
    return dlt == DLT_RAW ? wire::LinkType::RawIp : static_cast<wire::LinkType>(dlt);
}

std::string unknownLinkType(int dlt) {
    const char* name = pcap_datalink_val_to_name(dlt);
    return "link type " + std::to_string(dlt) + " (" + (name == nullptr ? "unknown" : name) +
           ") is not one that can be read";
}

// Times that 64 bits cannot hold become the nearest that they can.
Instant instantOf(const timeval& time) {
    // The seconds of a pcap record are unsigned, and libpcap hands them out as signed.
    const std::int64_t seconds =
        time.tv_sec < 0 ? static_cast<std::uint32_t>(time.tv_sec) : time.tv_sec;
    std::int64_t nanoseconds = 0;
    if (__builtin_mul_overflow(seconds, std::int64_t{1'000'000'000}, &nanoseconds) ||
        __builtin_add_overflow(nanoseconds, time.tv_usec, &nanoseconds)) {
        nanoseconds = std::numeric_limits<std::int64_t>::max();
    }
    return Instant{Duration{std::max(nanoseconds, std::int64_t{0})}};
}

bool isEmpty(std::FILE* file) {
    const int first = std::fgetc(file);
    if (first == EOF) return true;
    std::ungetc(first, file);
    return false;
}

}  // namespace

Expected<std::unique_ptr<FrameSource>, Error> openCapture(const std::string& path) {
    using Code = Error::Code;
    if (path == "-") return PcapReader::open(stdin, "standard input");
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return failure(Code::NotReadable, path, "is a directory");
    }
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) {
        const int why = errno;
        return failure(why == ENOENT ? Code::NotFound : Code::NotReadable,
                       path,
                       std::generic_category().message(why));
    }
    return PcapReader::open(file, path);
}

void PcapReader::Close::operator()(pcap* handle) const {
    pcap_close(handle);
}

PcapReader::PcapReader(pcap* handle, std::string name)
    : handle_{handle}, name_{std::move(name)}, link_{linkTypeOf(pcap_datalink(handle))} {}

Expected<std::unique_ptr<FrameSource>, Error> PcapReader::open(std::FILE* file, std::string name) {
    std::array<char, PCAP_ERRBUF_SIZE> why{};
    const bool empty = isEmpty(file);
    pcap* handle = empty ? nullptr
                         : pcap_fopen_offline_with_tstamp_precision(
                               file, PCAP_TSTAMP_PRECISION_NANO, why.data());
    if (handle == nullptr) {
        if (file != stdin) std::fclose(file);
        if (empty) return failure(Error::Code::NotReadable, name, "is empty");
        return failure(Error::Code::NotReadable,
                       name,
                       "is not a capture file that can be read: " + std::string{why.data()});
    }
    std::unique_ptr<PcapReader> reader{new PcapReader{handle, std::move(name)}};
    if (!isDissected(reader->link_)) {
        return failure(
            Error::Code::NotReadable, reader->name_, unknownLinkType(pcap_datalink(handle)));
    }
    return std::unique_ptr<FrameSource>{std::move(reader)};
}

Expected<std::optional<Frame>, Error> PcapReader::next() {
    const long offset = std::ftell(pcap_file(handle_.get()));  // -1 where it is a pipe.
    pcap_pkthdr* header = nullptr;
    const u_char* octets = nullptr;
    const int result = pcap_next_ex(handle_.get(), &header, &octets);
    if (result == PCAP_ERROR_BREAK) return std::optional<Frame>{};
    ++count_;
    if (result != 1) {
        return failure(Error::Code::Incomplete,
                       name_,
                       "stopped at packet " + std::to_string(count_) +
                           (offset < 0 ? "" : ", octet " + std::to_string(offset)) + ": " +
                           pcap_geterr(handle_.get()));
    }
    return std::optional{Frame{.number = count_,
                               .at = instantOf(header->ts),
                               .link = link_,
                               .originalLength = header->len,
                               .octets = {octets, header->caplen}}};
}

}  // namespace tcplab::capture
