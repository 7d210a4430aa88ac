// write_conversation TEXT PCAPNG: the conversation in the first file as a capture in the second,
// for whoever wants to look at it or draw it.

#include "tests/capture/conversation.h"

#include <fstream>
#include <iostream>
#include <iterator>

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: write_conversation TEXT PCAPNG\n";
        return 64;
    }
    std::ifstream text{argv[1]};
    const std::string conversation{std::istreambuf_iterator<char>{text}, {}};
    std::ofstream capture{argv[2], std::ios::binary};
    if (!text || conversation.empty() || !capture ||
        !tcplab::test::writeConversation(conversation, capture)) {
        std::cerr << "write_conversation: " << argv[1] << " or " << argv[2] << " does not work\n";
        return 2;
    }
    return 0;
}
