#pragma once

namespace tcplab::gui {

class Document;
class Menus;

/// Puts what the menus ask to be copied on the clipboard. Both outlive the window.
void copyWhatIsAsked(const Menus& menus, Document& document);

}  // namespace tcplab::gui
