#pragma once

#include <string_view>

// The parts of the page that are the same for every record: the files of cli/page, compiled in.
namespace tcplab::cli {

extern const std::string_view kPageHtml;
extern const std::string_view kPageCss;
extern const std::string_view kPageJs;

}  // namespace tcplab::cli
