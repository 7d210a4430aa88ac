#pragma once

#include "capture/session.h"
#include "capture/tap_file.h"
#include "tests/support/temporary_file.h"

#include <stdexcept>

namespace tcplab::test {

/// What is read of the file that a tap on the record writes.
inline capture::Loaded recorded(const Trace& truth, double position) {
    const TemporaryFile file;
    if (const auto failed = capture::writeTap(truth, position, file.path()))
        throw std::runtime_error{failed->what};
    auto loaded = capture::load(file.path());
    if (!loaded) throw std::runtime_error{loaded.error().what};
    return std::move(*loaded);
}

}  // namespace tcplab::test
