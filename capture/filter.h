#pragma once

#include "capture/frame_source.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tcplab::capture {

/// Which frames are wanted, in libpcap's language: "tcp port 80 and host 192.0.2.1". An empty one
/// passes all. It is compiled for each link type of the file when the first frame of that type
/// comes; where the link type cannot have what is asked for, none of its frames passes.
class Filter {
public:
    explicit Filter(std::string expression);
    Filter(const Filter&) = delete;
    Filter& operator=(const Filter&) = delete;
    ~Filter();

    /// What is wrong with an expression: what libpcap says of it. Nothing where it is right.
    [[nodiscard]] static std::optional<std::string> wrong(const std::string& expression);

    [[nodiscard]] bool passes(const Frame& frame);

private:
    struct Program;

    std::string expression_;
    std::vector<std::unique_ptr<Program>> programs_{};  ///< One of each link type so far.
};

}  // namespace tcplab::capture
