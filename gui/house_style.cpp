#include "gui/house_style.h"

#include "gui/palette.h"

#include <QAbstractSpinBox>
#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace tcplab::gui {

namespace {

constexpr double kRadius = 6;
constexpr int kControlHeight = 26;
constexpr int kScrollBar = 10;

const Palette& colorsOf(const QStyleOption& option) {
    return paletteOf(themeOf(option.palette));
}

void drawBox(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& border) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(border, 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    painter.restore();
}

/// Push buttons stand out by a line, tool buttons only under the pointer.
void drawButton(QPainter& painter, const QStyleOption& option, bool flat) {
    const Palette& colors = colorsOf(option);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool hot = enabled && (option.state & QStyle::State_MouseOver);
    const bool down = option.state & (QStyle::State_Sunken | QStyle::State_On);
    const bool focused = option.state & QStyle::State_HasFocus;
    if (flat && !hot && !down && !focused) return;
    const QColor fill = hot || down ? colors.selection : flat ? Qt::transparent : colors.page;
    const QColor border = focused ? colors.link : flat ? Qt::transparent : colors.line;
    drawBox(painter, option.rect, fill, border);
}

void drawScrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle) {
    const Palette& colors = colorsOf(option);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const bool active = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    QColor color = colors.edge;
    color.setAlpha(active ? 220 : 120);
    painter.setBrush(color);
    const QRectF bar = QRectF(handle).adjusted(2, 2, -2, -2);
    const double radius = std::min(bar.width(), bar.height()) / 2;
    painter.drawRoundedRect(bar, radius, radius);
    painter.restore();
}

/// A thin line, filled up to where the handle is.
void drawSlider(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle) {
    const Palette& colors = colorsOf(option);
    const bool enabled = option.state & QStyle::State_Enabled;
    const QRectF all(option.rect);
    const QPointF center = QRectF(handle).center();
    const double y = all.center().y() + 0.5;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.line, 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF{all.left() + 4, y}, QPointF{all.right() - 4, y});
    if (enabled) {
        painter.setPen(QPen(colors.link, 4, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF{all.left() + 4, y}, QPointF{center.x(), y});
        const bool hot = option.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
        painter.setPen(QPen(colors.link, 2));
        painter.setBrush(hot ? colors.selection : colors.page);
        painter.drawEllipse(QPointF{center.x(), y}, 6.5, 6.5);
    }
    painter.restore();
}

/// Where a chevron points, in degrees clockwise from the right.
enum Pointing { Right = 0, Down = 90, Up = 270 };

void drawChevron(QPainter& painter, const QRect& area, Pointing pointing, const QColor& color) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(QRectF(area).center());
    painter.rotate(pointing);
    painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const double size = std::min(4.0, area.height() / 4.0);
    painter.drawPolyline(QPolygonF{{-size / 2, -size}, {size / 2, 0}, {-size / 2, size}});
    painter.restore();
}

/// The mark of an item that can be opened.
void drawBranch(QPainter& painter, const QStyleOption& option) {
    if (!(option.state & QStyle::State_Children)) return;
    drawChevron(painter,
                option.rect,
                option.state & QStyle::State_Open ? Down : Right,
                colorsOf(option).dim);
}

/// The box around a field and its buttons.
void drawField(QPainter& painter, const QStyleOption& option) {
    const Palette& colors = colorsOf(option);
    const bool focused = option.state & QStyle::State_HasFocus;
    drawBox(painter, option.rect, colors.page, focused ? colors.link : colors.line);
}

/// A box with a tick, or a ring with a dot.
void drawIndicator(QPainter& painter, const QStyleOption& option, bool round) {
    const Palette& colors = colorsOf(option);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & QStyle::State_On;
    const bool hot = enabled && (option.state & QStyle::State_MouseOver);
    const double side = std::min(option.rect.width(), option.rect.height()) - 1;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor filled = enabled ? colors.link : colors.edge;
    painter.setPen(QPen(on || hot ? filled : colors.edge, 1));
    painter.setBrush(on ? filled : colors.page);
    const double radius = round ? side / 2 : 3;
    painter.drawRoundedRect(box, radius, radius);
    if (on && round) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.page);
        painter.drawEllipse(box.center(), side / 5, side / 5);
    } else if (on) {
        painter.setPen(QPen(colors.page, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.translate(box.topLeft());
        painter.scale(side / 12, side / 12);
        painter.drawPolyline(QPolygonF{{2.8, 6.2}, {5, 8.4}, {9.2, 3.6}});
    }
    painter.restore();
}

}  // namespace

HouseStyle::HouseStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

int HouseStyle::pixelMetric(PixelMetric metric,
                            const QStyleOption* option,
                            const QWidget* widget) const {
    switch (metric) {
        case PM_ScrollBarExtent: return kScrollBar;
        case PM_SplitterWidth: return 1;
        case PM_DefaultFrameWidth: return 1;
        case PM_MenuBarHMargin: return 6;
        case PM_MenuBarItemSpacing: return 2;
        case PM_ButtonMargin: return 18;
        case PM_TreeViewIndentation: return 16;
        case PM_FocusFrameHMargin: return 5;
        default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int HouseStyle::styleHint(StyleHint hint,
                          const QStyleOption* option,
                          const QWidget* widget,
                          QStyleHintReturn* data) const {
    switch (hint) {
        case SH_EtchDisabledText:
        case SH_DitherDisabledText: return 0;
        case SH_ScrollBar_LeftClickAbsolutePosition: return 1;
        case SH_ItemView_ShowDecorationSelected: return 1;
        default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize HouseStyle::sizeFromContents(ContentsType type,
                                   const QStyleOption* option,
                                   const QSize& size,
                                   const QWidget* widget) const {
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton || type == CT_LineEdit || type == CT_ComboBox)
        result.setHeight(std::max(kControlHeight, size.height() + 8));
    if (type == CT_SpinBox) result.setHeight(std::max(kControlHeight, size.height()));
    return result;
}

void HouseStyle::drawPrimitive(PrimitiveElement element,
                               const QStyleOption* option,
                               QPainter* painter,
                               const QWidget* widget) const {
    const Palette& colors = colorsOf(*option);
    switch (element) {
        case PE_PanelButtonCommand: drawButton(*painter, *option, false); return;
        case PE_PanelButtonTool: drawButton(*painter, *option, true); return;
        case PE_PanelLineEdit: {
            // One within a spin box or combo box has no frame: theirs is around it.
            const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            if (frame == nullptr || frame->lineWidth > 0) drawField(*painter, *option);
            return;
        }
        case PE_IndicatorItemViewItemCheck:
        case PE_IndicatorCheckBox: drawIndicator(*painter, *option, false); return;
        case PE_IndicatorRadioButton: drawIndicator(*painter, *option, true); return;
        case PE_FrameLineEdit:
        case PE_FrameStatusBarItem:
        case PE_FrameFocusRect:
        case PE_PanelMenuBar: return;
        case PE_Frame:
            painter->setPen(colors.line);
            painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
            return;
        case PE_IndicatorBranch: drawBranch(*painter, *option); return;
        default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void HouseStyle::drawControl(ControlElement element,
                             const QStyleOption* option,
                             QPainter* painter,
                             const QWidget* widget) const {
    const Palette& colors = colorsOf(*option);
    switch (element) {
        case CE_Splitter: painter->fillRect(option->rect, colors.line); return;
        case CE_MenuBarEmptyArea: painter->fillRect(option->rect, colors.pane); return;
        case CE_MenuBarItem: {
            const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
            painter->fillRect(option->rect, colors.pane);
            if (option->state & (State_Selected | State_Sunken))
                drawBox(
                    *painter, option->rect.adjusted(0, 2, 0, -2), colors.selection, colors.line);
            drawItemText(painter,
                         option->rect,
                         Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextDontClip,
                         item->palette,
                         true,
                         item->text,
                         QPalette::WindowText);
            return;
        }
        case CE_TabBarTabShape: {
            const bool chosen = option->state & State_Selected;
            const bool focused = option->state & State_HasFocus;
            if (chosen || focused || (option->state & State_MouseOver))
                drawBox(*painter,
                        option->rect.adjusted(1, 1, -1, -1),
                        chosen ? colors.selection : QColor(Qt::transparent),
                        focused ? colors.link : QColor(Qt::transparent));
            return;
        }
        case CE_HeaderSection:
        case CE_HeaderEmptyArea:
            painter->fillRect(option->rect, colors.pane);
            painter->setPen(colors.line);
            painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
            return;
        default: QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void HouseStyle::drawComplexControl(ComplexControl control,
                                    const QStyleOptionComplex* option,
                                    QPainter* painter,
                                    const QWidget* widget) const {
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
    const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    if (control == CC_ScrollBar && slider != nullptr) {
        if (slider->maximum == slider->minimum) return;
        drawScrollBar(
            *painter, *slider, subControlRect(control, option, SC_ScrollBarSlider, widget));
    } else if (control == CC_Slider && slider != nullptr && slider->orientation == Qt::Horizontal) {
        drawSlider(*painter, *slider, subControlRect(control, option, SC_SliderHandle, widget));
    } else if (control == CC_SpinBox && spin != nullptr) {
        drawField(*painter, *option);
        const Palette& colors = colorsOf(*option);
        const auto step = [&](SubControl button, Pointing pointing, bool possible) {
            const bool enabled = possible && (option->state & State_Enabled);
            drawChevron(*painter,
                        subControlRect(control, option, button, widget),
                        pointing,
                        enabled ? colors.dim : colors.line);
        };
        step(SC_SpinBoxUp, Up, spin->stepEnabled & QAbstractSpinBox::StepUpEnabled);
        step(SC_SpinBoxDown, Down, spin->stepEnabled & QAbstractSpinBox::StepDownEnabled);
    } else if (control == CC_ComboBox) {
        drawField(*painter, *option);
        drawChevron(*painter,
                    subControlRect(control, option, SC_ComboBoxArrow, widget),
                    Down,
                    colorsOf(*option).dim);
    } else if (control == CC_ToolButton && tool != nullptr) {
        // A button that has a menu brings an icon that says so.
        QStyleOptionToolButton plain(*tool);
        plain.features &= ~QStyleOptionToolButton::HasMenu;
        QProxyStyle::drawComplexControl(control, &plain, painter, widget);
    } else {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

}  // namespace tcplab::gui
