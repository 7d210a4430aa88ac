#include "cli/ending.h"

#include <algorithm>

namespace tcplab::cli {

int complain(std::ostream& err, std::string_view what, int code) {
    err << "tcplab: " << what << '\n';
    return code;
}

int complain(std::ostream& err, const Error& error) {
    return complain(
        err, error.what, error.code == Error::Code::Usage ? exit_code::kUsage : exit_code::kFile);
}

int finish(std::ostream& out, std::ostream& err, int code) {
    out.flush();
    if (out) return code;
    return std::max(code, complain(err, "standard output could not be written"));
}

}  // namespace tcplab::cli
