#pragma once

#include "sim/wire/link_type.h"
#include "tests/sim/wire/octets.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <unistd.h>
#include <vector>

namespace tcplab::test {

/// The names of fields in tshark, and their values.
using Fields = std::map<std::string, std::string>;

/// A file of this process that is gone with it.
class ScratchFile {
public:
    explicit ScratchFile(const std::string& ending)
        : path_{testing::TempDir() + "tcplab-" + std::to_string(getpid()) + ending} {}
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    ~ScratchFile() { std::filesystem::remove(path_); }

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

class PcapFile {
public:
    explicit PcapFile(const std::string& path, wire::LinkType link = wire::LinkType::Ethernet)
        : out_{path, std::ios::binary} {
        words({0xa1b2c3d4, 0x00020004, 0, 0, 65'535, static_cast<std::uint32_t>(link)});
    }
    void add(const std::vector<std::uint8_t>& frame) {
        const auto size = static_cast<std::uint32_t>(frame.size());
        words({++seconds_, 0, size, size});
        for (const std::uint8_t octet : frame) out_.put(static_cast<char>(octet));
    }

private:
    void words(std::initializer_list<std::uint32_t> values) {
        for (const std::uint32_t value : values) {
            for (const int shift : {24, 16, 8, 0}) out_.put(static_cast<char>(value >> shift));
        }
    }

    std::ofstream out_;
    std::uint32_t seconds_ = 0;
};

/// What tshark reads of these fields in each frame of a capture file. Fields that are not there
/// have no entry.
std::vector<Fields> readByTshark(const std::string& path, const std::vector<std::string>& names);

std::string hexOf(Octets octets);
/// "0x0800"
std::string hexText(unsigned value, int digits);

}  // namespace tcplab::test
