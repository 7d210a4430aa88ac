#pragma once

#include "capture/session.h"
#include "cli/analyze.h"

#include <memory>
#include <ostream>
#include <string>

namespace tcplab::cli {

/// Prints what a record holds of one file after the other.
class Report {
public:
    Report(const Report&) = delete;
    Report& operator=(const Report&) = delete;
    virtual ~Report();
    /// What the file is told to; "-" is standard input, of which rows do not wait for more packets
    /// than have come. Valid until the next one is asked for.
    [[nodiscard]] capture::FlowSink& sinkFor(const std::string& file);
    /// Prints what is ready: nobody knows when more will come.
    virtual void flush() = 0;
    /// There are no more files.
    virtual void finish() = 0;

protected:
    Report() = default;

private:
    /// What is told from now on is of this file, whose name is kept by reference.
    virtual capture::FlowSink& begin(const std::string& file) = 0;

    std::unique_ptr<capture::FlowSink> promptly_{};
};

/// A report of the shape that is asked for. It keeps references to both.
[[nodiscard]] std::unique_ptr<Report> reportFor(const AnalyzeRequest& request, std::ostream& out);

}  // namespace tcplab::cli
