#include "sim/tcp/clause.h"

namespace tcplab::tcp {

std::string Clause::citation() const {
    if (entry_ == nullptr) return {};
    std::string text = "RFC " + std::to_string(entry_->rfc) + " " + std::string{entry_->section};
    if (entry_->step != 0) text += " (" + std::to_string(entry_->step) + ")";
    return text;
}

}  // namespace tcplab::tcp
